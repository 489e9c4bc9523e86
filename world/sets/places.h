// One function per place; the list is in set.cc.
#pragma once

#include "world/sets/set.h"

namespace world {

SetModel build_gym(const SetOptions& options);
SetModel build_stairs(const SetOptions& options);
SetModel build_ice_rink(const SetOptions& options);
SetModel build_table(const SetOptions& options);
SetModel build_street(const SetOptions& options);
SetModel build_kitchen(const SetOptions& options);
SetModel build_living_room(const SetOptions& options);
SetModel build_beach(const SetOptions& options);
SetModel build_forest(const SetOptions& options);
SetModel build_pool(const SetOptions& options);
SetModel build_lab(const SetOptions& options);
SetModel build_stage(const SetOptions& options);
SetModel build_bowling_alley(const SetOptions& options);
SetModel build_billiard_hall(const SetOptions& options);
SetModel build_bedroom(const SetOptions& options);
SetModel build_park(const SetOptions& options);
SetModel build_desert(const SetOptions& options);
SetModel build_mountain_meadow(const SetOptions& options);
SetModel build_warehouse(const SetOptions& options);
SetModel build_construction_site(const SetOptions& options);
SetModel build_rooftop(const SetOptions& options);
SetModel build_moon(const SetOptions& options);
SetModel build_studio(const SetOptions& options);
SetModel build_garden(const SetOptions& options);
SetModel build_football_field(const SetOptions& options);
SetModel build_snow_field(const SetOptions& options);
SetModel build_classroom(const SetOptions& options);
SetModel build_lake(const SetOptions& options);

}  // namespace world
