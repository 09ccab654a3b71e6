/** Starts the slides when their page is opened. */
(() => {
  /** Returns the slide's place in words, such as "8 Fit · 2/6". */
  function place(slide) {
    if (!slide) return []; // before the first one is shown
    const section = slide.parentElement;
    const slides = [...section.children];
    const title = section.querySelector('h1, h2')?.firstChild.textContent.trim() ?? '';
    return [`${title} · ${slides.indexOf(slide) + 1}/${slides.length}`];
  }

  const FORWARD = ['ArrowDown', 'PageDown', ' '];
  const BACK = ['ArrowUp', 'PageUp'];

  /** Scrolls a slide that is longer than the screen. Returns whether there was more of it. */
  function scrolled({ key, shiftKey }) {
    const down = FORWARD.includes(key) && !shiftKey;
    const up = BACK.includes(key) || (key === ' ' && shiftKey);
    const slide = Reveal.getCurrentSlide();
    const rest = slide.scrollHeight - slide.clientHeight - slide.scrollTop;
    if (!(down && rest > 1) && !(up && slide.scrollTop > 1)) return false;
    slide.scrollBy({ top: (down ? 1 : -1) * slide.clientHeight * 0.8 });
    return true;
  }

  /** Tells whether a key is for an output, such as a button or a pad. */
  const inOutput = () => document.activeElement?.closest('.jp-OutputArea') !== null;

  Reveal.initialize({
    width: 1120,
    height: 630,
    margin: 0,
    maxScale: 4,
    center: false,
    hash: true,
    transition: 'none',
    slideNumber: place,
    plugins: [RevealNotes],
    keyboardCondition: event => {
      if (event.key === 'Escape') document.activeElement?.blur();
      if (inOutput()) return false;
      if (Reveal.isOverview() || !scrolled(event)) return true;
      event.preventDefault();
      return false;
    },
  });

  // A slide that is too long for the screen is set smaller, in two steps.
  const fit = new ResizeObserver(cells => {
    const slides = cells.map(({ target }) => target.closest('.slides > section > section'));
    for (const slide of new Set(slides)) {
      if (slide.scrollHeight <= slide.clientHeight + 1) continue;
      slide.classList.add(slide.classList.contains('compact') ? 'tight' : 'compact');
    }
  });
  for (const cell of document.querySelectorAll('.slides :is(.jp-Cell, .jp-Cell-outputWrapper)')) {
    fit.observe(cell);
  }

  Reveal.on('pdf-ready', () => drawFiguresOf(document.body));

  Reveal.on('ready', () => {
    if (document.documentElement.lang !== 'zh') return;
    const words = { left: '上一阶段', right: '下一阶段', up: '上一页', down: '下一页' };
    for (const [direction, word] of Object.entries(words)) {
      for (const button of document.querySelectorAll(`.controls .navigate-${direction}`)) {
        button.setAttribute('aria-label', word);
      }
    }
  });
})();
