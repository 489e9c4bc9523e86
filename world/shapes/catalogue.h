// The table of builders, one span per family file of world/shapes/nouns.
#pragma once

#include <span>
#include <string_view>

#include "world/shapes/kit/maker.h"

namespace world::kit {

struct Noun {
    std::string_view kind;
    double size_m;              // usual largest dimension, as in script/words/nouns.inc
    std::string_view material;  // usual
    void (*build)(Maker& maker);
};

std::span<const Noun> balls_nouns();
std::span<const Noun> bird_nouns();
std::span<const Noun> building_nouns();
std::span<const Noun> clothing_nouns();
std::span<const Noun> craft_nouns();
std::span<const Noun> desk_nouns();
std::span<const Noun> device_nouns();
std::span<const Noun> dishes_nouns();
std::span<const Noun> figure_nouns();
std::span<const Noun> fruit_nouns();
std::span<const Noun> furniture_nouns();
std::span<const Noun> games_nouns();
std::span<const Noun> kitchen_nouns();
std::span<const Noun> machine_nouns();
std::span<const Noun> music_nouns();
std::span<const Noun> plain_shapes_nouns();
std::span<const Noun> plant_nouns();
std::span<const Noun> quadruped_nouns();
std::span<const Noun> reptile_nouns();
std::span<const Noun> road_vehicle_nouns();
std::span<const Noun> sea_nouns();
std::span<const Noun> small_mammal_nouns();
std::span<const Noun> sport_nouns();
std::span<const Noun> stone_nouns();
std::span<const Noun> tool_nouns();
std::span<const Noun> toy_nouns();
std::span<const Noun> vessels_nouns();

}  // namespace world::kit
