// Who speaks: the names above speeches and the cast.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "script/screenplay/pieces.h"
#include "script/shots/shot_list.h"

namespace script {

// The id of the cast that `words` ("the red ball", "ALICE") names; "" when none does.
std::string cast_id_of(const ShotList& list, std::string_view words);

class Speakers {
public:
    // Adds to list.cast whoever speaks and is not there yet.
    explicit Speakers(ShotList& list) : list_(list) {}

    // The id for Line::speaker; "" for a voice off the screen. A name that fits nobody belongs to
    // the one person of the shot who has no name yet, else to a new person.
    std::string speaker(const SpokenLine& speech, Shot& shot);

private:
    std::string unnamed_person(const Shot& shot) const;
    std::string add_person(const std::string& name);

    ShotList& list_;
    std::map<std::string, std::string> known_;  // name -> id
    std::set<std::string> taken_;               // ids that have a name
};

}  // namespace script
