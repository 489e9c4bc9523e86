// Meshes of things given as vertices: sheets of cloth, ropes, the face of water.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "render/scene/placement.h"

namespace render {

// Two triangles per cell of a [rows, columns] grid, counter-clockwise seen from +z when columns run
// along +x and rows along +y.
std::vector<std::array<uint32_t, 3>> grid_triangles(int columns, int rows);

// Area-weighted vertex normals.
void smooth_normals(const std::vector<Vec3f>& positions,
                    const std::vector<std::array<uint32_t, 3>>& triangles,
                    std::vector<Vec3f>& normals);

constexpr int kRopeSides = 8;
// A tube around a polyline; frames carried along by the smallest turns (no twist). Vertices are
// [point, side]; both ends are closed by their last ring drawn together to the end point.
void tube_positions(const std::vector<Vec3f>& points, float radius_m, std::vector<Vec3f>& positions,
                    std::vector<Vec3f>& normals);
std::vector<std::array<uint32_t, 3>> tube_triangles(int point_count);

}  // namespace render
