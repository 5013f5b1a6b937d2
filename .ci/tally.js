// What a tier of Vitest came to: `passed failed skipped`, then a line for each test that failed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
say(`${numPassedTests} ${numFailedTests} ${numPendingTests + numTodoTests}`);
for (const { name, message, assertionResults } of report.testResults) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  for (const { fullName, failureMessages } of failed) tell(fullName, name, failureMessages[0]);
  if (failed.length === 0 && message) tell('the file', name, message);
}

function tell(test, file, why = '') {
  const [reason] = why.split(/\n\s+at /);
  const line = reason.trim().replace(/\s*\n\s*/g, ' ');
  say(`FAILED: ${test} (${file}): ${line.length > 800 ? `${line.slice(0, 200)} … ${line.slice(-600)}` : line}`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
