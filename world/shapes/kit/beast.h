// Four-legged animals from one template: trunk, neck, head, legs, tail, ears by proportions.
//
// Unit: the trunk from hip joint (x = -0.5) to shoulder joint (x = +0.5). Stands on z = 0, faces
// +x.
#pragma once

#include <string>
#include <vector>

#include "world/shapes/kit/detail.h"
#include "world/shapes/kit/maker.h"

namespace world::kit {

struct Beast {
    double withers = 1.0, croup = 0.97;                           // heights of the back
    Vec2 chest{0.17, 0.25}, waist{0.13, 0.17}, rump{0.15, 0.20};  // half width, half height

    double stance = 0.115;                  // half distance of the feet
    double shoulder = 0.12, thigh = 0.135;  // radii of the upper limbs
    double knee = 0.058, ankle = 0.042;
    Vec3 foot{0.085, 0.058, 0.042};  // half length, half width, half height
    bool hoof = false;
    double hock = 0.12;  // how far the hind knee bends

    Vec2 head{0.86, 1.10};            // centre of the skull, x and z
    Vec2 neck{0.17, 0.115};           // radii at shoulder and head
    double skull = 0.13, pitch = 14;  // nose-down degrees
    double muzzle = 0.19;             // length in front of the skull
    Vec2 muzzle_radius{0.088, 0.062};
    double muzzle_drop = 0.045;
    Vec3 eye_at{0.62, 0.62, 0.32};  // forward, side, up, in skull radii
    double eye = 0.026;
    double nose = 0.034;
    unsigned nose_hex = 0x15100e;
    bool mouth = true;

    std::vector<Blob::Knot> tail;
    // Spine of the left ear in skull radii (forward, side, up) from the skull's centre.
    std::vector<Vec3> ear;
    double ear_width = 0.9;  // in skull radii
    double ear_cup = 0.25;
    unsigned ear_inside_hex = 0;  // 0 = as the coat

    int cells = 90;
    double blend = 0.07;
};

struct Patch {
    std::string name;
    std::function<double(Vec3)> inside;  // < 0 inside
    Look look;
};

// Frame of the head: skull radii forward, to the left, up -> place.
Vec3 head_point(const Beast& b, Vec3 in_skull_radii);
Vec3 head_direction(const Beast& b, Vec3 in_head_frame);

Blob beast_body(const Beast& b);
// Meshes the body, paints patches in order, adds ears, eyes, nose, mouth, hooves and anchors.
void add_beast(Maker& m, const Beast& b, const Blob& body, const std::vector<Patch>& patches = {});

// Leaf-shaped flap along a spine: ears, small wings, petals. `across` is its width direction.
Mesh flap(const std::vector<Vec3>& spine, double width, Vec3 across, double cup, double thickness,
          double tip = 0.12);
// A dark line drawn on the surface of a blob through points near it.
Mesh surface_line(const Blob& body, const std::vector<Vec3>& near, Vec3 direction, double radius);
// Curved horn or claw.
Mesh horn(const std::vector<Vec3>& spine, double radius);

}  // namespace world::kit
