// What people wear that stands off the body and does not bend: helmets, packs, plates.
#pragma once

#include <string>

#include "render/figure/garments.h"

namespace render {

// Does a closed helmet hide the head? Then nobody sees a face, eyes or hair.
bool hides_head(const std::string& outfit);
// What the hands wear; no name: nothing.
struct Glove {
    PartLook look;
    float thickness = 0;  // in heights of the person
};
Glove gloves_of(const std::string& outfit);

// Adds what belongs to the outfit, each piece rigid on one joint.
void equip(SkinBuilder& builder, const std::string& outfit);

}  // namespace render
