// The skin of a four-legged animal: all parts of its shape, moved by the bones of its rig.
//
// Built once per shape (milliseconds), posed for every instant. Immutable after building; may be
// posed by several threads at once.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "world/record/snapshot.h"
#include "world/shapes/shape.h"

namespace render {

class BeastSkin {
public:
    // `shape` has a rig and outlives the skin.
    explicit BeastSkin(const world::Shape& shape);

    // World positions and unit normals of the vertices of all parts, part after part; both vectors
    // are resized. Parts without normals get zeros.
    void pose(const base::Transform& body, const world::BeastPose& bones,
              std::vector<base::Vec3f>& positions, std::vector<base::Vec3f>& normals) const;

private:
    struct Weights {
        std::array<uint8_t, 3> bone{};
        std::array<float, 3> weight{};  // sum to 1
    };
    Weights weights_at(base::Vec3f p) const;

    const world::Shape& shape_;
    std::vector<Weights> weights_;
};

}  // namespace render
