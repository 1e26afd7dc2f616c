/** What HFS+ leaves out when it compares names: developer.apple.com/library/archive/technotes/tn/tn1150.html. */
const LEFT_OUT = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * A name or path as volumes that ignore letter case and Unicode composition compare it; never for opening a file.
 * By way of upper case, so that a long s or a Kelvin sign meets the letter it equals there.
 */
export function foldName(text: string): string {
  return text.replace(LEFT_OUT, "").normalize("NFD").toUpperCase().toLowerCase().normalize("NFC");
}
