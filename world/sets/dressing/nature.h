// Trees, bushes, stones, ground. Each returns one shape to be shared by many bodies.
#pragma once

#include <cstdint>
#include <functional>

#include "base/core/random.h"
#include "world/sets/set_builder.h"

namespace world {

// A broad-leaved tree: tapering branches, leaves as small folded blades. About 5,000 triangles.
ShapePtr make_broadleaf(double height, uint64_t seed, unsigned leaf_srgb = 0x4f7d2e,
                        int leaves = 1500);
// A spruce: a straight stem with drooping whorls.
ShapePtr make_conifer(double height, uint64_t seed, unsigned needle_srgb = 0x2c5230,
                      bool snowy = false);
ShapePtr make_palm(double height, uint64_t seed);
ShapePtr make_bush(double size, uint64_t seed, unsigned leaf_srgb = 0x47702c,
                   unsigned flower_srgb = 0);
ShapePtr make_boulder(double size, uint64_t seed, unsigned srgb = 0x87837b,
                      std::string pattern = "rock");
// Blades standing on a disc; `blades` two-triangle blades.
ShapePtr make_grass_tuft(double radius, double height, int blades, uint64_t seed,
                         unsigned srgb = 0x567f2c);
ShapePtr make_cactus(double height, uint64_t seed);

// Smooth value noise in [-1, 1], period-free.
double ground_noise(double x, double y, uint64_t seed);
// Several octaves of it.
double ground_fbm(double x, double y, uint64_t seed, int octaves);

// Ground with relief: height(x, y) in metres, drawn over the rectangle on a grid. The stage is left
// flat: a box of half size `flat` at z = 0 collides exactly, the relief as a mesh around it.
void add_ground(SetBuilder& set, base::Vec3 low, base::Vec3 high, int columns, int rows,
                Paint paint, double flat, const std::function<double(double, double)>& height);

// A hazy ridge of hills far away, along a circle; heights in metres, fixed by the seed.
ShapePtr make_ridge(double distance, double low_height, double high_height, uint64_t seed,
                    Paint paint, double from_deg, double to_deg, double roughness = 1);

}  // namespace world
