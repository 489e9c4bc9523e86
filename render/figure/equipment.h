// What people wear that stands off the body and does not bend: helmets, packs, plates.
#pragma once

#include <string>

#include "render/figure/garments.h"

namespace render {

// Does a closed helmet hide the head? Then nobody sees a face, eyes or hair.
bool hides_head(const std::string& outfit);
// What the hands wear; no name: nothing.
PartLook gloves_of(const std::string& outfit);

// Adds what belongs to the outfit, each piece rigid on one joint.
void equip(SkinBuilder& builder, const Palette& palette, const std::string& outfit);

}  // namespace render
