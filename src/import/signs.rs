//! Signs: letters of other alphabets that look like Latin ones, pictures that stand beside letters, and marks.

/// The Latin letter that a letter looks like, of the Cyrillic and Greek alphabets and in full width.
pub(crate) fn latin(c: char) -> char {
    match c {
        'А' | 'Α' => 'A',
        'а' | 'α' => 'a',
        'С' | 'Ϲ' | 'Ⅽ' => 'C',
        'с' | 'ϲ' => 'c',
        'І' | 'Ι' | 'Ӏ' | 'Ⅰ' => 'I',
        'і' | 'ι' => 'i',
        'О' | 'Ο' => 'O',
        'о' | 'ο' => 'o',
        'Ѕ' => 'S',
        'ѕ' => 's',
        'Ꮢ' | 'ℝ' => 'R',
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        c => c,
    }
}

/// Whether a sign is a picture, or joins or colours one: it says nothing of the letter that it stands beside.
pub(crate) fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{25a0}'..='\u{25ff}')
        || matches!(c, '\u{2139}' | '\u{200d}' | '\u{20e3}' | '\u{fe0f}')
}

/// Whether a text is a mark that something holds: `x`, `✓`, `yes`. It names nobody.
pub(crate) fn is_mark(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '[', ']', '*', '\u{fe0f}']).to_lowercase();
    matches!(
        bare.as_str(),
        "x" | "х"
            | "×"
            | "✓"
            | "✔"
            | "✗"
            | "✘"
            | "☑"
            | "☒"
            | "✅"
            | "❌"
            | "●"
            | "•"
            | "■"
            | "1"
            | "yes"
            | "y"
            | "ja"
            | "oui"
            | "si"
            | "sí"
            | "sim"
            | "tak"
            | "да"
            | "true"
    )
}
