// Actions: what the world engine can make happen (names.md), and the verbs that mean them.
//
// How the roles of script::Action are filled (binding for the writer and for studio/director):
//   * intransitive, or passive without an agent of an ergative action: `subject` is the body that
//     moves, `object` is "". "A ball drops", "a ball is dropped" -> drop(subject ball).
//   * with an agent: `subject` acts, `object` is acted upon. "A man drops a ball" ->
//     drop(subject man, object ball); "the wall is knocked down by a ball" ->
//     knock_over(subject ball, object wall).
//   * passive without an agent of any other action: subject "", object is the patient.
//     "The ball is kicked" -> kick(subject "", object ball).
//   * `path` + `target` say where: roll(subject dog, path "down", target "stairs").
//   * several subjects ("balls and a cat fall") become one action each, none after_previous.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "script/words/inflect.h"

namespace script {

enum class ObjectUse { None, Optional, Needed };

struct ActionFrame {
    std::string_view name;  // canonical
    ObjectUse object = ObjectUse::None;
    bool ergative = false;  // the object does what the verb says ("he rolls the ball")
    bool animate = false;   // needs somebody who acts: otherwise it is done to the subject
    std::string_view set;   // where it happens unless the prompt says; "" anywhere
    std::string_view default_object;   // kind that is meant when none is named ("kick" -> football)
    std::string_view default_subject;  // kind that does it when nobody is named
    std::string_view paths;            // prepositions that say where it goes
    std::string_view meaning;          // one line for the documentation
};

const std::vector<ActionFrame>& actions();
const ActionFrame* action_of_name(std::string_view name);

// One reading of a verb form.
struct VerbMatch {
    const ActionFrame* action = nullptr;
    std::string base;  // "knock_over"
    bool is_base = false, is_third = false, is_past = false, is_participle = false, is_ing = false;
    std::string_view manner;   // "stroll" -> "slowly"
    std::string_view path;     // "climb" -> "up": used when the clause gives none
    std::string_view outcome;  // "score" -> "scores"
    std::string_view object;   // implied kind: "dribble" -> basketball
    std::string_view set;      // implied set
    bool loose = false;        // only near in meaning: reported as replaced
};

// `form` is lower case, phrasal parts joined by ' ' or '_': "knocks over", "rolled", "fell".
// nullopt when no verb of ours has that form.
std::optional<VerbMatch> match_verb(std::string_view form);
const ActionFrame* find_action(std::string_view form);
// Does `base` exist as a phrasal verb with this particle? ("push", "over") -> yes.
std::optional<VerbMatch> match_phrasal(const VerbMatch& verb, std::string_view particle);
int longest_verb_words(const std::string& first);  // of the forms that begin with this word
std::vector<std::pair<std::string, std::string>> all_verbs();  // base, action

}  // namespace script
