// Hair: a cap cut along the hairline and, on it, locks that follow the way the hair is combed.
#pragma once

#include <string>

#include "render/figure/palette.h"
#include "render/figure/skin_builder.h"

namespace render {

// "short", "long", "bun", "ponytail", "bob", "curly", "buzz", "bald"
std::string hair_style_of(const world::FigureLook& look);
void add_hair(SkinBuilder& builder, const Palette& palette, const world::FigureLook& look);

}  // namespace render
