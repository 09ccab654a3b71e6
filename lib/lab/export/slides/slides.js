/** Initializes the slides of a page. */
(() => {
  /** Returns the slide's position as text, such as "8 Fit · 2/6". */
  function positionOf(slide) {
    if (!slide) return []; // before the first slide is shown
    const section = slide.parentElement;
    const slides = [...section.children];
    const title = section.querySelector('h1, h2')?.firstChild.textContent.trim() ?? '';
    return [`${title} · ${slides.indexOf(slide) + 1}/${slides.length}`];
  }

  const FORWARD = ['ArrowDown', 'PageDown', ' '];
  const BACK = ['ArrowUp', 'PageUp'];

  /** Scrolls a slide that is longer than the screen. Returns whether it scrolled. */
  function scrollSlide({ key, shiftKey }) {
    const down = FORWARD.includes(key) && !shiftKey;
    const up = BACK.includes(key) || (key === ' ' && shiftKey);
    const slide = Reveal.getCurrentSlide();
    const remaining = slide.scrollHeight - slide.clientHeight - slide.scrollTop;
    if (!(down && remaining > 1) && !(up && slide.scrollTop > 1)) return false;
    slide.scrollBy({ top: (down ? 1 : -1) * slide.clientHeight * 0.8 });
    return true;
  }

  /** Returns whether an output, such as a button or a pad, has the keyboard focus. */
  const inOutput = () => document.activeElement?.closest('.jp-OutputArea') !== null;

  Reveal.initialize({
    width: 1120,
    height: 630,
    margin: 0,
    maxScale: 4,
    center: false,
    hash: true,
    transition: 'none',
    slideNumber: positionOf,
    plugins: [RevealNotes],
    keyboardCondition: event => {
      if (event.key === 'Escape') document.activeElement?.blur();
      if (inOutput()) return false;
      if (Reveal.isOverview() || !scrollSlide(event)) return true;
      event.preventDefault();
      return false;
    },
  });

  // Shrinks slides that are too long for the screen, in two steps.
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
