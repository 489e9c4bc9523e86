// Classes of actions, and of the prepositions that go with them. Names of actions as in
// script/words/actions.inc.
#pragma once

#include <string_view>

namespace script {

// Something is done to the object, so that it must be a body: hit, break, push.
bool is_striking(std::string_view verb);
// Sends something on its way to where it may arrive or not: shoot, bowl, throw.
bool is_game(std::string_view verb);
// It is the object that moves: throw, roll, drop.
bool moves_object(std::string_view verb);
// Something is on its way, be it the object or the subject.
bool is_mover(std::string_view verb);
// Done with a tool; of other verbs, "with" names company.
bool takes_instrument(std::string_view verb);
// "onto", "past", "out of": says where an action goes.
bool is_path(std::string_view preposition);

}  // namespace script
