// Brings the cast on stage: makes their bodies and figures, not yet placed.
#pragma once

#include "studio/director/staging/workshop.h"

namespace studio {

// A living person or child; a person of glass is a statue that physics moves.
bool is_living_person(const script::CastMember& member);
bool is_animal(const script::CastMember& member);

// Fails when a kind has no shape or the scene would hold too many bodies.
base::Status bring_cast(Workshop& shop);

// Where a thing stands when no action places it.
void place_still(Workshop& shop, Player& player);

// Colour word or "#rrggbb" -> linear light; empty for "" and unknown words.
std::optional<base::Vec3f> colour_named(const std::string& word);

}  // namespace studio
