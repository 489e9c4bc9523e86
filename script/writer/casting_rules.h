// What a verb means of this subject, and what things do when nothing is said of them.
#pragma once

#include <string>
#include <string_view>

#include "script/shots/shot_list.h"
#include "script/words/noun.h"

namespace script {

// "runs" of a marble is roll, of a car drive; "fall" of dominoes is topple, of a tower collapse.
// `doer` may be null. `base`: the verb as said.
std::string verb_for_subject(const Action& action, const Noun* doer, Arrangement formation,
                             std::string_view base, bool has_object);

// "swing" for a Newton's cradle, "fly" for a bird, "" for things that just lie there.
std::string_view usual_action(const Noun& noun, Arrangement formation);

}  // namespace script
