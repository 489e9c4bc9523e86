// Clothes: layers laid over the body, cut where they end, with hems that have thickness.
#pragma once

#include <string>
#include <vector>

#include "render/figure/palette.h"
#include "render/figure/skin_builder.h"

namespace render {

// What a person of this look wears: "jersey", "skating_dress", "suit" ...
std::string outfit_of(const world::FigureLook& look);

// Adds all pieces; returns how deep below cloth a point of the skin lies (m, > 0 covered).
Field dress(SkinBuilder& builder, const Palette& palette, const world::FigureLook& look,
            const std::string& outfit);

}  // namespace render
