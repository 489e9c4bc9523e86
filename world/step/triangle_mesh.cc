#include "world/step/triangle_mesh.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/core/check.h"

namespace world::step {

TriangleMesh::TriangleMesh(const std::vector<Vec3>& vertices,
                           const std::vector<std::array<uint32_t, 3>>& triangles) {
    std::vector<std::array<uint32_t, 3>> kept;
    for (const auto& t : triangles) {
        const Vec3 a = vertices[t[0]], b = vertices[t[1]], c = vertices[t[2]];
        const Vec3 n = cross(b - a, c - a);
        if (length(n) < 1e-14) continue;
        triangles_.push_back({make_triangle(a, b, c), normalize(n), {true, true, true}});
        kept.push_back(t);
    }
    CHECK(!triangles_.empty(), "static mesh without area");
    mark_edges(kept);
    order_.resize(triangles_.size());
    std::iota(order_.begin(), order_.end(), 0);
    build(order_, 0, static_cast<int>(order_.size()));
}

void TriangleMesh::mark_edges(const std::vector<std::array<uint32_t, 3>>& triangles) {
    std::map<std::pair<uint32_t, uint32_t>, std::pair<int, int>> owner;
    for (size_t i = 0; i < triangles.size(); ++i) {
        for (int k = 0; k < 3; ++k) {
            owner[{triangles[i][k], triangles[i][(k + 1) % 3]}] = {static_cast<int>(i), k};
        }
    }
    for (size_t i = 0; i < triangles.size(); ++i) {
        for (int k = 0; k < 3; ++k) {
            const auto twin = owner.find({triangles[i][(k + 1) % 3], triangles[i][k]});
            if (twin == owner.end()) continue;
            const MeshTriangle& other = triangles_[twin->second.first];
            const Vec3 tip = other.convex.vertices[(twin->second.second + 2) % 3];
            const Vec3 edge_point = triangles_[i].convex.vertices[k];
            const bool convex_edge = dot(triangles_[i].normal, tip - edge_point) < 0;
            const bool sharp = dot(triangles_[i].normal, other.normal) < 0.996;  // 5 degrees
            triangles_[i].active_edge[k] = convex_edge && sharp;
        }
    }
}

int TriangleMesh::build(std::vector<int>& order, int first, int count) {
    const int index = static_cast<int>(nodes_.size());
    nodes_.push_back({});
    base::Bounds box, centres;
    for (int i = first; i < first + count; ++i) {
        box.add(triangles_[order[i]].convex.bounds);
        centres.add(triangles_[order[i]].convex.centre);
    }
    nodes_[index].box = box;
    if (count <= 4) {
        nodes_[index].first = first;
        nodes_[index].count = count;
        return index;
    }
    const Vec3 size = centres.size();
    const int axis = size.x > size.y ? (size.x > size.z ? 0 : 2) : (size.y > size.z ? 1 : 2);
    std::stable_sort(order.begin() + first, order.begin() + first + count, [&](int a, int b) {
        return triangles_[a].convex.centre[axis] < triangles_[b].convex.centre[axis];
    });
    const int left = build(order, first, count / 2);
    const int right = build(order, first + count / 2, count - count / 2);
    nodes_[index].left = left;
    nodes_[index].right = right;
    return index;
}

void TriangleMesh::find(const base::Bounds& box, std::vector<int>& out) const {
    const size_t start = out.size();
    int stack[64];
    int top = 0;
    stack[top++] = 0;
    while (top > 0) {
        const Node& node = nodes_[stack[--top]];
        if (!overlaps(node.box, box)) continue;
        if (node.left >= 0) {
            stack[top++] = node.right;
            stack[top++] = node.left;
            continue;
        }
        for (int i = node.first; i < node.first + node.count; ++i) {
            if (overlaps(triangles_[order_[i]].convex.bounds, box)) out.push_back(order_[i]);
        }
    }
    std::sort(out.begin() + static_cast<long>(start), out.end());
}

}  // namespace world::step
