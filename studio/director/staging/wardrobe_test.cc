#include "studio/director/staging/wardrobe.h"

#include <gtest/gtest.h>

#include "studio/director/staging/cast.h"

namespace studio {
namespace {

TEST(Wardrobe, ColourAndCutComeFromWords) {
    world::FigureLook look;
    EXPECT_EQ(dress(look, "red dress"), "");
    EXPECT_EQ(look.outfit, "dress");
    EXPECT_EQ(look.top, *colour_named("red"));
    look = {};
    EXPECT_EQ(dress(look, "a blue raincoat and white shoes"), "");
    EXPECT_EQ(look.outfit, "coat");
    EXPECT_EQ(look.top, *colour_named("blue"));
    EXPECT_EQ(look.shoes, *colour_named("white"));
    look = {};
    EXPECT_EQ(dress(look, "black suit and a white shirt"), "");
    EXPECT_EQ(look.outfit, "suit");
}

TEST(Wardrobe, WhatHasNoCutIsNamed) {
    world::FigureLook look;
    EXPECT_EQ(dress(look, "green cape"), "cape");
    EXPECT_EQ(dress(look, ""), "");
    EXPECT_EQ(dress(look, "red shirt and a crown"), "crown");
}

}  // namespace
}  // namespace studio
