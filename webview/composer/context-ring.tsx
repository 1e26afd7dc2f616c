const radius = 6;
const circumference = 2 * Math.PI * radius;

/** A share of one as a part of a circle, from the top on. What it says stands beside it. */
export function ContextRing({ share }: { readonly share: number }) {
  const filled = Math.min(1, Math.max(0, share)) * circumference;
  return (
    <svg class="context-ring" viewBox="0 0 16 16" aria-hidden="true">
      <circle class="context-ring-whole" cx="8" cy="8" r={radius} />
      <circle
        cx="8"
        cy="8"
        r={radius}
        transform="rotate(-90 8 8)"
        stroke-dasharray={`${filled.toFixed(2)} ${circumference.toFixed(2)}`}
      />
    </svg>
  );
}
