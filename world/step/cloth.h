// Cloth: a grid of masses with distance constraints, solved by small XPBD steps (Macklin, Mueller,
// Chentanez 2016; Macklin et al., "Small Steps in Physics Simulation", 2019). Meets spheres,
// capsules, boxes, cylinders and hulls both ways; does not meet itself or other cloths.
#pragma once

#include "world/step/dynamics.h"
#include "world/step/saved_state.h"

namespace world::step {

class Cloths {
public:
    explicit Cloths(const Scene& scene);

    // Every step; moves all cloths by `dt` and pushes the bodies that they touch.
    void move(Dynamics& d, double dt);
    void write(Snapshot& out) const;
    void save(StateWriter& out) const;
    void restore(StateReader& in);
    bool empty() const { return sheets_.empty(); }

private:
    struct Link {
        int a, b;
        double rest, compliance;  // m, m/N
    };
    struct Sheet {
        int index = 0, columns = 0, rows = 0;
        double mass = 0;  // kg of one vertex
        std::vector<Vec3> x, before, v;
        std::vector<double> inverse_mass;
        std::vector<Link> links;
        std::vector<int> pins;
        bool released = false;
        double quiet_s = 0;
    };
    void make_links(Sheet& sheet) const;
    void blow(const Dynamics& d, Sheet& sheet, double dt) const;
    void meet_bodies(Dynamics& d, Sheet& sheet, double dt) const;
    std::vector<Sheet> sheets_;
};

// Signed distance of a body-frame point to the surface and the outward direction; an upper bound
// outside of corners of hulls, exact elsewhere.
double distance_to(const Convex& shape, Vec3 point, Vec3& normal);

}  // namespace world::step
