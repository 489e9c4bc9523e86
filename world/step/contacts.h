// Contact forces of one step.
//
// Two regimes, as in nature. Blows (closing faster than kBlowSpeed) are resolved first, one pair
// after another, hardest first, with Newton restitution and Coulomb friction: a row of touching
// balls then hands the blow on as it should (docs/decisions/cradle.md). What remains is lasting
// contact: soft constraints, swept with position feedback and relaxed without it, so that
// stacks rest without gaining energy (Catto, "Solver2D", 2024; Macklin et al., "Small Steps",
// 2019).
#pragma once

#include <vector>

#include "world/step/dynamics.h"

namespace world::step {

constexpr double kBlowSpeed = 0.05;  // m/s; slower closing is lasting contact

class ContactSolver {
public:
    explicit ContactSolver(Dynamics& d) : d_(d) {}

    // Rows for every patch with a movable, awake body. Velocities must include this step's forces.
    void prepare();
    // Changes velocities; appends what was struck.
    void resolve_blows(std::vector<Impact>& impacts);
    // Takes a body that broke out of this step's contacts.
    void drop(int body);
    void warm_start();
    void solve(bool position_feedback);
    // Marks the bodies that carry load, so that they do not count as in free flight.
    void note_constrained();
    // After the positions moved: takes the speed of the position feedback out again.
    void relax();
    // Impulses back into the patches; marks those that carry load.
    void store();

private:
    struct Point {
        Vec3 ra, rb;     // from the centres of mass, world frame
        double gap = 0;  // at the start of the step
        double normal_mass = 0, tangent_mass[2] = {0, 0};
        Vec3 turn_a[3], turn_b[3];  // inverse inertia * (r x axis) for normal and tangents
        double normal_impulse = 0, tangent_impulse[2] = {0, 0};
    };
    struct Row {
        int touch = 0, a = 0, b = 0;
        Vec3 axis[3];  // normal, two tangents
        double friction = 0, restitution = 0, rolling_m = 0;
        int count = 0;
        Point point[4];
        Vec3 rolling_impulse;
    };

    double along(const Row& row, const Point& p, int axis) const;
    void push(const Row& row, const Point& p, int axis, double impulse);
    double closing(const Row& row) const;
    Impact strike(Row& row);
    void solve_rolling(Row& row);
    void solve_row(Row& row, bool position_feedback);

    Dynamics& d_;
    std::vector<Row> rows_;
    std::vector<std::vector<int>> rows_of_body_;
};

}  // namespace world::step
