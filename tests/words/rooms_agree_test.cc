// Rooms that may not see one another agree through words (script/words/names.md). Here they meet.
#include <gtest/gtest.h>

#include <algorithm>

#include "script/words/action.h"
#include "script/words/material.h"
#include "script/words/noun.h"
#include "script/words/set.h"
#include "studio/director/actions/action.h"
#include "world/materials/material.h"
#include "world/sets/set.h"
#include "world/shapes/shape.h"

namespace {

TEST(RoomsAgree, EveryNounHasAShape) {
    ASSERT_GE(script::nouns().size(), 300u);
    for (const script::Noun& noun : script::nouns()) {
        EXPECT_TRUE(world::has_shape(noun.kind)) << noun.kind << " has no builder in world/shapes";
    }
}

TEST(RoomsAgree, EveryMaterialOfTheLanguageIsPhysical) {
    ASSERT_GE(script::material_names().size(), 16u);
    for (const std::string_view name : script::material_names()) {
        EXPECT_NE(world::find_material(name), nullptr) << name << " is missing in world/materials";
    }
    for (const script::Noun& noun : script::nouns()) {
        EXPECT_NE(world::find_material(noun.material), nullptr)
            << noun.kind << " is made of " << noun.material;
    }
}

TEST(RoomsAgree, EverySetIsBuilt) {
    ASSERT_GE(script::sets().size(), 12u);
    for (const script::Set& set : script::sets()) {
        const auto built = world::build_set(set.name, {});
        ASSERT_TRUE(built.has_value()) << set.name << " is missing in world/sets";
        EXPECT_NE(built->anchor("stage"), nullptr) << set.name;
    }
}

TEST(RoomsAgree, EveryActionIsStaged) {
    ASSERT_GE(script::actions().size(), 40u);
    for (const script::ActionFrame& action : script::actions()) {
        EXPECT_NE(studio::find_action_staging(action.name), nullptr)
            << action.name << " is missing in studio/director/actions";
    }
}

TEST(RoomsAgree, ThereAreManyVerbs) { EXPECT_GE(script::all_verbs().size(), 150u); }

}  // namespace
