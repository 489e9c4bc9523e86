#include "world/sets/set.h"

#include <array>

#include "world/sets/places.h"

namespace world {
namespace {

struct Place {
    std::string_view name;
    SetModel (*build)(const SetOptions&);
};

constexpr std::array kPlaces{
    Place{"gym", build_gym},
    Place{"stairs", build_stairs},
    Place{"ice_rink", build_ice_rink},
    Place{"table", build_table},
    Place{"street", build_street},
    Place{"kitchen", build_kitchen},
    Place{"living_room", build_living_room},
    Place{"beach", build_beach},
    Place{"forest", build_forest},
    Place{"pool", build_pool},
    Place{"lab", build_lab},
    Place{"stage", build_stage},
    Place{"bowling_alley", build_bowling_alley},
    Place{"billiard_hall", build_billiard_hall},
    Place{"bedroom", build_bedroom},
    Place{"park", build_park},
    Place{"desert", build_desert},
    Place{"mountain_meadow", build_mountain_meadow},
    Place{"warehouse", build_warehouse},
    Place{"construction_site", build_construction_site},
    Place{"rooftop", build_rooftop},
    Place{"moon", build_moon},
    Place{"studio", build_studio},
    Place{"garden", build_garden},
    Place{"football_field", build_football_field},
    Place{"snow_field", build_snow_field},
    Place{"classroom", build_classroom},
    Place{"lake", build_lake},
};

}  // namespace

std::optional<SetModel> build_set(std::string_view name, const SetOptions& options) {
    for (const Place& place : kPlaces) {
        if (place.name == name) return place.build(options);
    }
    return std::nullopt;
}

std::vector<std::string> set_names() {
    std::vector<std::string> names;
    for (const Place& place : kPlaces) names.emplace_back(place.name);
    return names;
}

}  // namespace world
