// Joints of one step: rope (unilateral distance), ball socket, hinge, slider, fixed.
//
// Rows push along directions of the step's start and aim at zero error at its end (SHAKE; Ryckaert,
// Ciccotti, Berendsen 1977): a pendulum then keeps its length and, being symplectic, its energy.
#pragma once

#include <vector>

#include "world/step/dynamics.h"

namespace world::step {

class JointSolver {
public:
    explicit JointSolver(Dynamics& d);  // remembers anchors and axes of t = 0

    void prepare();
    void warm_start();
    void solve();  // one sweep, forward and back
    void store();
    // World points of a rope's ends, or of the joint on both bodies.
    Vec3 end_a(int joint) const;
    Vec3 end_b(int joint) const;
    bool active(int joint) const;

private:
    struct Anchors {
        Vec3 local_a, local_b;  // body frames (or world where there is no body)
        Vec3 axis_a, axis_b;    // hinge and slider axis in both frames
        Vec3 side_a, side_b;    // perpendicular to it, for the angle
        Quat relative;          // q_a^-1 q_b at t = 0
        double length_m = 0;
    };
    struct Frame {  // predicted end of the step
        Vec3 point_a, point_b;
        Quat turn_a, turn_b;
    };
    // Row on the relative motion of points (linear) or on relative turning (angular).
    void push_linear(int joint, Vec3 axis, double error, int row, double low, double high);
    void push_angular(int joint, Vec3 axis, double error, int row, double low, double high);
    void apply_linear(int joint, Vec3 axis, double impulse);
    void apply_angular(int joint, Vec3 axis, double impulse);
    Frame predict(int joint) const;
    void solve_joint(int joint);
    void solve_axis(int joint);  // motors and limits
    double movable_mass(int joint) const;

    Dynamics& d_;
    std::vector<Anchors> anchors_;
    std::vector<Vec3> arm_a_, arm_b_;  // world frame, start of the step
    std::vector<std::array<Vec3, 3>> basis_;
};

}  // namespace world::step
