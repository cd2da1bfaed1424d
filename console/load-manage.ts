type CreateManage = typeof import('./manage/manage.tsx').createManage;

const STYLE = '/console/manage.css';

function loadStyle(page: Document): Promise<void> {
  if (page.querySelector(`link[href="${STYLE}"]`) !== null) return Promise.resolve();
  const link = page.createElement('link');
  link.rel = 'stylesheet';
  link.href = STYLE;
  return new Promise((done, fail) => {
    link.onload = () => done();
    link.onerror = () => {
      link.remove();
      fail(new Error(`${STYLE} could not be read`));
    };
    page.head.append(link);
  });
}

/** The knowledge pages' script and style: never read by those who only have the desk. */
export async function loadManage(page: Document): Promise<CreateManage> {
  const [{ createManage }] = await Promise.all([import('./manage/manage.tsx'), loadStyle(page)]);
  return createManage;
}
