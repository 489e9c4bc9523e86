// Which parts may touch within the next frame (1/240 s), and the contact patches between them.
#pragma once

#include "world/step/dynamics.h"

namespace world::step {

// Static parts in a tree, built once.
class StaticTree {
public:
    struct Item {
        base::Bounds box;
        int body = 0, part = 0;
    };
    void build(const Dynamics& d);
    void find(const base::Bounds& box, std::vector<const Item*>& out) const;

private:
    struct Node {
        base::Bounds box;
        int left = -1, right = -1, first = 0, count = 0;
    };
    int split(int first, int count);
    std::vector<Item> items_;
    std::vector<Node> nodes_;
};

// Fills d.pairs with every pair of which one is active, for `span_s` of motion.
void find_pairs(Dynamics& d, const StaticTree& tree, double span_s);
// True when a body got so much faster since find_pairs that it could leave its swept box.
bool pairs_are_stale(const Dynamics& d);
// Brings d.touches up to date: new patches, kept ones, patches of sleepers as they were.
void find_touches(Dynamics& d);
// True when these two bodies never collide (joints, holders, sensors, hidden).
bool ignores(const Dynamics& d, int a, int b);

}  // namespace world::step
