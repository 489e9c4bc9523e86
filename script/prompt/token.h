// A prompt cut into tokens. UTF-8 safe: nothing is lost, what we cannot read is an Unknown token.
//
// Letters are lower-cased in `text`; typographic quotes, dashes and spaces become plain ones.
// A hyphenated word is cut into its parts, which keep the same `word` number, so that the report
// can speak of words as they were written: "close-up" -> "close" and "up", word 7.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace script {

enum class TokenKind {
    Word,     // "ball", "n't", "'s"
    Number,   // 2, 2.5, 1/2, 1,000; number words stay words
    Punct,    // one of . , ; : ! ? ( ) -- and "\n" (paragraph)
    Quote,    // "what is said", without the marks
    Emoji,    // text holds the English word if we know one, else ""
    Unknown,  // other scripts, symbols
    Film,     // film words, taken out of the sentence; `number` is an index (film_pass.h)
};

struct Token {
    TokenKind kind = TokenKind::Word;
    std::string text;           // normalised
    double number = 0;          // Number
    size_t begin = 0, end = 0;  // bytes in the prompt
    int word = -1;              // which written word it belongs to; -1 for punctuation
    bool capital = false;       // the written form began with a capital
    bool glued = false;         // joined to the token before without a space ("close-up", "30cm")
};

std::vector<Token> tokenize(std::string_view prompt);

// Written words, by Token::word: the text as it stands in the prompt without outer punctuation.
std::vector<std::string> written_words(std::string_view prompt, const std::vector<Token>& tokens);

}  // namespace script
