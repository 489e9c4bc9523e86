// The one validator of shot lists, whoever wrote them: a person, the built-in writer or an LLM.
#pragma once

#include <string>
#include <vector>

#include "script/shots/shot_list.h"

namespace script {

struct Problem {
    std::string pointer;  // JSON pointer: "/shots/0/camera/framing"; "" is the whole list
    std::string message;  // what is wrong
    std::string fix;      // what to do; may be empty

    std::string text() const {  // `message; fix (pointer)`
        return message + (fix.empty() ? "" : "; " + fix) +
               (pointer.empty() ? "" : " (" + pointer + ")");
    }
};

// Everything that is wrong, in the order of the JSON; empty for a list that can be filmed.
std::vector<Problem> validate(const ShotList& list);

}  // namespace script
