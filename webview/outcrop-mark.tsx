/** The product's mark, rock layers that come to the surface. The same shape as `media/outcrop.svg`. */
export function OutcropMark() {
  return (
    <svg class="outcrop-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M2.75 20 7.5 9.5 13.25 4 17 9.25 21.25 20Z" />
      <path d="M5.7 13.5 10 14.1 17.9 11.4" />
      <path d="M4.2 16.9 10.4 17.3 19.4 14.8" />
    </svg>
  );
}
