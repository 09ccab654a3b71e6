// Evaluated in a page: writes down, frame by frame, the pictures that it shows below its code.
(() => {
  window.seen = [];
  const look = () => {
    const pictures = document.querySelectorAll('img[src^="data:image/svg"]');
    const [picture] = pictures;
    const source = picture?.src ?? '';
    const height = picture?.getBoundingClientRect().height ?? 0;
    window.seen.push({ source, height, pictures: pictures.length });
    requestAnimationFrame(look);
  };
  look();
})();
