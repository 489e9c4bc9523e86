// Shot list -> screenplay: Fountain that a person likes to read and edit, and from which
// shot_list_from_screenplay (to_shots.h) gets the same film back: sets, times, camera, lengths,
// style, speeches and what happens.
#pragma once

#include <string>
#include <vector>

#include "script/shots/shot_list.h"

namespace script {

std::string screenplay_from_shot_list(const ShotList& list);

// One shot's actions as sentences: "A red rubber ball drops onto the floor from 2 metres."
// `mentioned` are the cast ids that the reader has met; it is added to.
std::string sentences_of(const Shot& shot, const ShotList& list,
                         std::vector<std::string>& mentioned);

// Somebody or something of the cast as it looks, wherever it stands: "a red rubber ball". Empty for
// an id that is none.
std::string introduction_of(const ShotList& list, const std::string& id);

}  // namespace script
