// What of a body matters to its sound: which family of modes it has, and the sizes in them.
#pragma once

#include <string>
#include <string_view>

#include "sound/modes/acoustic_material.h"
#include "world/scene/scene.h"

namespace sound {

enum class RingClass {
    SolidBall,  // radius
    AirBall,    // radius, wall: rubber or leather skin over compressed air
    ShellBall,  // radius, wall: hollow hard ball
    Rod,        // length, thickness
    Tube,       // length, radius, wall
    Plate,      // length, width, thickness; edges free
    Disc,       // radius, thickness; cymbals, coins, gongs
    Block,      // length, width, thickness of like size
    Ring,       // radius of the circle, thickness of the rod
    Bell,       // radius of the mouth
    Vessel,     // radius, length (height), wall: cups, vases, bottles, buckets
    Box,        // length, width, thickness (height), wall: crates, cupboards, drawers
    Drum,       // radius, length
    Figurine,   // solid thing of no simple form: animals of glass, statues
    Soft,       // persons, cushions: no modes worth the name, a thud
    Sheet,      // cloth, paper: noise only
    Floor,      // a large bedded plate; thickness by material
    Panel,      // walls, doors, table tops: large plate held at the edges
    String,     // ropes and nets
    Liquid,     // handled by sound/source/splash
};

struct RingBody {
    RingClass form = RingClass::Block;
    const AcousticMaterial* material = nullptr;               // never null once made
    double length_m = 0.1, width_m = 0.1, thickness_m = 0.1;  // falling; of the bounding box
    double radius_m = 0.05;
    double wall_m = 0.003;  // hollow forms
    double mass_kg = 0.1;
    double contact_loss = 0;  // added to the material's loss factor: touching floor, hand, mortar
    double size_m() const { return length_m; }
};

// From a body of the scene; `part` is the named part that was struck ("rim", "board", "").
RingBody ring_body(const world::Body& body, std::string_view part, std::string_view material);
// Where only names are known: parts of the set ("floor", "wall") and bodies without a shape.
RingBody ring_part(std::string_view name, std::string_view material);

}  // namespace sound
