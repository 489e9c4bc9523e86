// Takes the words about the film out of the sentence ("in slow motion", "close-up", "at sunset"),
// so that the clause reader sees only what happens. Each phrase becomes one Film token at the
// start of its comma segment, or stays in place where it governs a thing ("close-up of the cat").
#pragma once

#include <vector>

#include "script/prompt/token.h"
#include "script/words/film_words.h"

namespace script {

struct FilmPass {
    std::vector<Token> tokens;
    std::vector<FilmWord> words;  // by Token::number of Film tokens
};

FilmPass take_film_words(const std::vector<Token>& tokens);

}  // namespace script
