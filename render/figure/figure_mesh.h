// The skin of a person: body, face, hair and clothes as one mesh that follows the skeleton.
//
// Built once per figure and look (about a second), posed for every instant (milliseconds). A
// FigureSkin is immutable after building and may be posed by several threads at once.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/math/vec.h"
#include "world/figure/figure.h"

namespace render {

// Triangles [first_triangle, first_triangle + triangle_count) look alike.
struct FigurePart {
    std::string name;  // "skin", "eyes", "hair", "shirt", "number" ...
    int first_triangle = 0;
    int triangle_count = 0;
    std::string material;  // names.md: "skin", "fabric", "leather", "rubber", "steel", "resin"
    base::Vec3f colour{1, 1, 1};  // linear; multiply with the vertex tint
    std::string pattern;          // "" plain, "denim", "knit", "hair", "eye"; free to ignore
    float roughness = -1;         // 0 mirror .. 1 matt; -1 = the material's own
    float emission = 0;           // radiance scale, for the catch-light of the eyes
};

struct FigureSkin {
    std::vector<std::array<uint32_t, 3>> triangles;  // counter-clockwise seen from outside
    std::vector<FigurePart> parts;                   // cover all triangles, in order
    std::vector<base::Vec2f> uvs;                    // per vertex, metres on the cloth (for weave)
    std::vector<base::Vec3f> tints;                  // per vertex, linear, multiplies the colour
    std::vector<base::Vec3f> rest_positions;  // per vertex, figure frame: to anchor 3-D noise
    int vertex_count() const { return static_cast<int>(rest_positions.size()); }

    struct Rig;  // weights and face shapes
    std::shared_ptr<const Rig> rig;
};

std::unique_ptr<FigureSkin> build_skin(const world::FigureModel& figure);

// World positions and unit normals, one per vertex; both vectors are resized.
void pose(const FigureSkin& skin, const world::FigureState& state,
          std::vector<base::Vec3f>& positions, std::vector<base::Vec3f>& normals);

}  // namespace render
