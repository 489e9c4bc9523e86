// Meshes from fields, and cutting them along curves.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/math/vec.h"

namespace render {

using base::Vec3f;
using Field = std::function<float(Vec3f)>;

struct Surface {
    std::vector<Vec3f> p, n, tint;  // tint may be empty = white
    std::vector<std::array<uint32_t, 3>> tri;
    void append(const Surface& other);  // keeps tints
};

// Knots of a grid, finer where detail is: from low to high with `step(x)` between.
std::vector<float> grid_axis(float low, float high, const std::function<float(float)>& step);

// Naive surface nets (Gibson 1998): one vertex per crossed cell, then `rounds` of tangential
// smoothing, each followed by projection onto the zero of the field. Normals are its gradient.
Surface mesh_field(const Field& field, const std::vector<float>& xs, const std::vector<float>& ys,
                   const std::vector<float>& zs, int rounds = 2);

Vec3f field_gradient(const Field& field, Vec3f p, float h = 0.0006f);
// Onto the zero set, a few Newton steps, each at most 2 cm.
Vec3f project(const Field& field, Vec3f p, int steps = 3);

// The part where `keep` > 0, cut exactly (linearly along edges).
Surface clip(const Surface& surface, const Field& keep);
Surface clip_values(const Surface& surface, const std::vector<float>& keep);

// Without the pieces that hang together with less than `share` of all triangles: what a cut leaves
// over where it only just touches. Vertices stay.
Surface without_scraps(Surface surface, double share);

// Slits the surface along cut = 0 where `inside` holds: both sides keep their own edge vertices.
// Returns for every new vertex its side: +1 or -1; 0 for all others.
std::vector<int8_t> slit(Surface& surface, const Field& cut,
                         const std::function<bool(Vec3f)>& inside);

// Edges with one triangle, as directed pairs (the surface lies to their left).
std::vector<std::array<uint32_t, 2>> open_edges(const Surface& surface);
// Gives an open border a rim: a strip from every open edge to the border moved by `offset`.
// Where `choose` is false there is no rim. New vertices take the normal given.
struct RimStep {
    Vec3f position, normal, tint;
};
void add_rim(
    Surface& surface, const std::function<bool(Vec3f)>& choose,
    const std::vector<std::function<RimStep(Vec3f position, Vec3f normal, Vec3f tint)>>& steps);

// Normals from triangles, area weighted.
void recompute_normals(Surface& surface);

}  // namespace render
