window.stopCounting = window.sample.onCount(({ count, at }) => {
  document.querySelector('[data-testid=count]').textContent = `${count} ${at instanceof Date}`;
});
