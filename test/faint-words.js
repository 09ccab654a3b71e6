// Evaluated in a page, with a screenshot without the words, and the area of the search.
async (picture, within) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const colorAt = (x, y) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)];
  const luminance = colour =>
    colour
      .map(v => v / 255)
      .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const painted = element => {
    const filters = [];
    for (let ancestor = element; ancestor; ancestor = ancestor.parentElement) {
      const { filter } = getComputedStyle(ancestor);
      if (filter !== 'none') filters.push(filter);
    }
    pen.filter = filters.join(' ') || 'none';
    pen.fillStyle = getComputedStyle(element).fill;
    pen.fillRect(0, 0, 1, 1);
    pen.filter = 'none';
    return colorAt(0, 0);
  };
  const faint = [];
  for (const text of document.querySelectorAll(`${within} text`)) {
    const { left, top, width, height } = text.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    if (width === 0 || !text.checkVisibility() || y < 0 || y > image.height) continue;
    pen.drawImage(image, 0, 0);
    const back = colorAt(Math.round(x), Math.round(y));
    const color = painted(text);
    const [a, b] = [luminance(color), luminance(back)].sort((a, b) => b - a);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5)
      faint.push(`${contrast.toFixed(2)}: ${text.textContent} ${color} on ${back}`);
  }
  for (const digits of document.querySelectorAll(`${within} .digits-grey`)) {
    const { left, top } = digits.getBoundingClientRect();
    pen.drawImage(image, 0, 0);
    const corner = colorAt(Math.ceil(left), Math.ceil(top));
    if (corner.some(Boolean)) faint.push(`digits on ${corner}`);
  }
  return faint;
};
