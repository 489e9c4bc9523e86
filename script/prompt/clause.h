// What a prompt says, clause by clause, before anything is cast or staged.
//
// The reader is no full parser: it walks the tokens once, reading noun phrases, verbs, preposition
// phrases and film words where they stand, with a few written rules for what belongs to what
// (reader.cc). Everything it cannot place it skips; the report finds those words by deletion.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "script/prompt/token.h"
#include "script/shots/shot_list.h"
#include "script/words/action.h"
#include "script/words/event.h"
#include "script/words/film_words.h"
#include "script/words/noun.h"
#include "script/words/set.h"

namespace script {

enum class Determiner { None, Indefinite, Definite, Another };

// A noun phrase: "three red rubber balls", "it", "a tiled kitchen floor".
struct Mention {
    int first = 0, next = 0;        // tokens [first, next)
    std::string word;               // the noun as said, singular, '_' between parts
    std::optional<NounMatch> noun;  // what it means; unset: pronoun, place or unknown
    std::string replaced_why;       // not "" when the noun was reached by a climb
    std::string pronoun;            // "it", "they", "him"
    Determiner determiner = Determiner::None;
    bool negated = false;  // "no ball", "without a ball"
    bool plural = false;
    bool all = false;  // "all the pins", "all of them"
    int count = 0;     // 0 = not said
    Arrangement arrangement = Arrangement::Auto;
    std::string material, colour;
    std::string material_asked;  // the word, when it only comes near a material
    double size_factor = 1;
    std::optional<double> size_m, mass_kg;
    Look look;
    std::string name;          // a proper name
    const Set* set = nullptr;  // the head is a place, or a place stands before the head
    bool set_loose = false, set_is_head = false;
    std::string_view set_gravity;
    std::string set_word;
    std::string part;                // the head names a part of sets: "floor", "stairs"
    std::optional<VerbMatch> doing;  // "rolling" in "a rolling ball"
    std::string on_preposition;      // "a cat on a sofa": filled by the reader
    std::vector<Mention> on;         // at most one
    std::string manner;              // "a fast car"

    bool is_pronoun() const { return !pronoun.empty(); }
    bool means_something() const { return noun || set || !part.empty() || is_pronoun(); }
};

struct Placing {
    std::string preposition;       // "onto"
    std::optional<Mention> thing;  // unset: "falls down", "rolls away"
};

// One verb with what belongs to it.
struct Happening {
    std::optional<VerbMatch> verb;
    const Event* event = nullptr;      // instead of a verb; beside it: "misses a free throw"
    std::string verb_asked, verb_why;  // set when the verb was reached by a climb
    int token = 0;                     // of the verb
    size_t begin = 0;                  // byte of the prompt where its words begin
    std::vector<Mention> subjects, objects;
    bool same_subject = false;  // "falls and breaks": the subject of the happening before
    bool relative = false;      // "which rolls": the subject is the mention before
    std::vector<Placing> placings;
    std::optional<Mention> instrument;
    std::optional<double> height_m, distance_m, speed_mps, angle_deg, seconds;
    int times = 0;
    std::string manner;
    bool passive = false, negated = false;
    bool then = false;             // after what came before
    bool before_previous = false;  // "A when B": B is the cause
    bool imperative = false;
    bool purpose = false;  // "to catch the ball": a wish, not a fact
};

struct Description {  // things without a verb: "A red ball on a table."
    std::vector<Mention> things;
    std::vector<Placing> placings;
    size_t begin = 0;  // as in Happening
};

struct FilmSetting {
    FilmWord word;
    std::optional<Mention> subject;  // "close-up of the cat", "the camera follows the dog"
};
struct Lens {
    double mm = 0, f_number = 0;
};
struct Duration {
    double seconds = 0;
    bool whole_film = false;  // "10 seconds long"
};
struct NewShot {
    bool elsewhere = false;     // "meanwhile"
    size_t begin = 0, end = 0;  // bytes of the words that say so, with their colon
};
struct Speech {
    std::string text, manner;
    std::optional<Mention> speaker;
    bool same_speaker = false;
};
struct Sentence {    // a full stop
    size_t end = 0;  // the byte behind it
};

using Item =
    std::variant<Happening, Description, FilmSetting, Lens, Duration, NewShot, Speech, Sentence>;

std::vector<Item> read_clauses(const std::vector<Token>& tokens);

}  // namespace script
