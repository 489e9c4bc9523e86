// Line icons on a 20 x 20 grid; always beside words or under a label.
const paths = {
  clock: 'M10 5.5V10l3 2M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0Z',
  code: 'm7 6-4 4 4 4m6-8 4 4-4 4',
  copies: 'M7 7h9.5v9.5H7zM4 13H3.5V3.5H13V4',
  data: 'M4 5.5h12M4 10h12M4 14.5h8',
  down: 'M10 3v10m-4-4 4 4 4-4M3.5 16.5h13',
  extend: 'M3 10h12m-4-4 4 4-4 4M17.5 4.5v11',
  key: 'M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm-1.2 2.8 5.7 5.7m-2.5-2.5 1.8-1.8',
  loop: 'M4 11V9.5A3.5 3.5 0 0 1 7.5 6H16m-3-3 3 3-3 3M16 9v1.5a3.5 3.5 0 0 1-3.5 3.5H4m3 3-3-3 3-3',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z',
  out: 'M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M16 10H8',
  picture: 'M3 4.5h14v11H3zM3 13l4-4 4 4 2.5-2.5L17 14M13 8h.01',
  quality: 'M10 3l2 4.6 5 .4-3.8 3.3 1.2 4.9L10 13.6l-4.4 2.6 1.2-4.9L3 8l5-.4Z',
  remix: 'M14.5 3.5 17 6l-2.5 2.5M3 6h3.5l7 8H17m-2.5 2.5L17 14l-2.5-2.5M3 14h3.5L8.7 11.5M11.3 8.5 13.5 6H17',
  search: 'm13 13 4 4M14.5 8.75a5.75 5.75 0 1 1-11.5 0 5.75 5.75 0 0 1 11.5 0Z',
  shape: 'M2.5 6h15v8.5h-15z',
  stop: 'M5.5 5.5h9v9h-9z',
  style: 'M10 2.5s5 5 5 9a5 5 0 0 1-10 0c0-4 5-9 5-9Z',
  sun: 'M13.5 10a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM10 1.5v2m0 13v2M1.5 10h2m13 0h2M4 4l1.4 1.4m9.2 9.2L16 16M4 16l1.4-1.4m9.2-9.2L16 4',
  trash: 'M4 6h12M8 6V3.5h4V6m2.5 0-.7 10.5H6.2L5.5 6',
  words: 'M3 4.5h14v9H9l-3.5 3v-3H3z',
  x: 'm5 5 10 10M15 5 5 15',
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
