// A static triangle mesh with a bounding volume tree. Edges between (nearly) coplanar or hollow
// neighbours are marked inactive, so that balls do not trip over seams.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "world/step/convex.h"

namespace world::step {

struct MeshTriangle {
    Convex convex;  // three vertices
    Vec3 normal;
    bool active_edge[3] = {true, true, true};  // edge i: vertex i -> i + 1
};

class TriangleMesh {
public:
    TriangleMesh(const std::vector<Vec3>& vertices,
                 const std::vector<std::array<uint32_t, 3>>& triangles);

    const std::vector<MeshTriangle>& triangles() const { return triangles_; }
    const base::Bounds& bounds() const { return nodes_[0].box; }
    // Indices of triangles whose boxes meet `box` (mesh frame), ascending.
    void find(const base::Bounds& box, std::vector<int>& out) const;

private:
    struct Node {
        base::Bounds box;
        int left = -1, right = -1;  // leaf when left < 0
        int first = 0, count = 0;
    };
    int build(std::vector<int>& order, int first, int count);
    void mark_edges(const std::vector<std::array<uint32_t, 3>>& triangles);

    std::vector<MeshTriangle> triangles_;
    std::vector<int> order_;
    std::vector<Node> nodes_;
};

inline bool overlaps(const base::Bounds& a, const base::Bounds& b) {
    return a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y &&
           b.low.y <= a.high.y && a.low.z <= b.high.z && b.low.z <= a.high.z;
}

}  // namespace world::step
