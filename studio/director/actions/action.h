// One function per canonical action of script/words: it stages what the sentence says.
// Adding an action: a function in the file of its family, a row in registry.cc.
#pragma once

#include <string_view>
#include <vector>

#include "studio/director/staging/workshop.h"

namespace studio {

using ActionFunction = void (*)(Workshop& shop, const script::Action& action);

// nullptr: no such action.
ActionFunction find_action_staging(std::string_view verb);
std::vector<std::string_view> staged_actions();

// Families, one file each.
void stage_drop(Workshop&, const script::Action&);  // fall.cc
void stage_fall_off(Workshop&, const script::Action&);
// Where things fall off what is called `name` (a shelf, a table of the set or of the cast): a point
// on its edge, the direction leading outward. Places a cast member that has no place yet.
std::optional<Surface> edge_named(Workshop&, const std::string& name);
// Brittle and thin things break when they fall; solid ones (a glass dog) do not unless asked.
bool breaks_easily(Workshop&, world::BodyIndex);
// Wants the body to end well below the height where it stands now, or in pieces; `wanted` is for
// the report.
void want_below(Workshop&, world::BodyIndex, std::string wanted);
void stage_bounce(Workshop&, const script::Action&);
void stage_roll(Workshop&, const script::Action&);  // roll.cc
void stage_slide(Workshop&, const script::Action&);
// Lies across its way at `foot` and turns as fast as it goes; for what rolls and is no ball.
void roll_across(Workshop&, world::BodyIndex, base::Vec3 foot, double yaw, base::Vec3 velocity_mps);
void stage_down_hill(Workshop&, Player& player, Player& hill, const script::Action&);  // hill.cc
void stage_race(Workshop&, const script::Action&);
void stage_drive(Workshop&, const script::Action&);
void stage_throw(Workshop&, const script::Action&);  // launch.cc
void stage_fly(Workshop&, const script::Action&);
void stage_rise(Workshop&, const script::Action&);
void stage_jump(Workshop&, const script::Action&);   // jump.cc
void stage_swing(Workshop&, const script::Action&);  // swing.cc
void stage_hang(Workshop&, const script::Action&);
void stage_ring(Workshop&, const script::Action&);
void stage_spin(Workshop&, const script::Action&);  // spin.cc
void stage_turn(Workshop&, const script::Action&);
void stage_strike(Workshop&, const script::Action&);  // strike.cc: hit, crash, knock_over, push
void stage_topple(Workshop&, const script::Action&);  // topple.cc
void stage_collapse(Workshop&, const script::Action&);
void stage_rock(Workshop&, const script::Action&);  // rock.cc
// Turn about the foot of its front face that just overturns a standing box of this size.
double tipping_rate_radps(const base::Vec3& size, double gravity_mps2);
void stage_break(Workshop&, const script::Action&);  // break.cc
void stage_explode(Workshop&, const script::Action&);
void stage_float(Workshop&, const script::Action&);  // water.cc
void stage_pour(Workshop&, const script::Action&);
void stage_shoot(Workshop&, const script::Action&);  // shoot.cc
void stage_rebound(Workshop&, const script::Action&);
void stage_kick(Workshop&, const script::Action&);        // kick.cc
void stage_bowl(Workshop&, const script::Action&);        // bowl.cc
void stage_break_shot(Workshop&, const script::Action&);  // break_shot.cc
// pot.cc: a billiard ball is played at another so that this one falls into a pocket.
void stage_pot(Workshop&, Player& striker, Player& struck, const script::Action&);
void stage_still(Workshop&, const script::Action&);    // still.cc: rest, stand, stack, balance ...
void stage_flutter(Workshop&, const script::Action&);  // air.cc
void stage_blow(Workshop&, const script::Action&);
void stage_attract(Workshop&, const script::Action&);
// Living beings: walk, run, dance, wave ... (people.cc); animals by driven paths (animals.cc).
void stage_person(Workshop&, const script::Action&);
void stage_hold(Workshop&, const script::Action&);
// The things whose action it is: its subject, or its object where that is nobody here. nullptr:
// there are none, or it is a person, and stage_person() has staged it.
Player* things_or_person(Workshop&, const script::Action&);
void stage_animal_move(Workshop&, const script::Action&);

// Arranges the bodies of a player (row, spiral, tower ...) around the surface in play.
void arrange(Workshop& shop, Player& player, const Surface& surface);  // arrange.cc

}  // namespace studio
