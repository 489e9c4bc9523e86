// The workshop in which actions build a stage: finds places, makes bodies, places and sends them.
// Used by studio/director/actions/*.cc only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "studio/director/staging/stage.h"

namespace studio {

// A flat place to put things: top face of a set part, table, shelf, floor.
struct Surface {
    base::Vec3 centre;    // on the surface
    double radius_m = 1;  // free space around
    double yaw = 0;       // radians, natural direction of motion
    std::string part;     // "floor", "table" ...
    base::Vec3 direction() const { return {std::cos(yaw), std::sin(yaw), 0}; }
};

// Around a body as it stands, along the world's axes. The body has a shape.
base::Bounds box_of(const world::Body& body);

class Workshop {
public:
    Workshop(const script::ShotList& list, int shot_index, ShotStage& stage,
             const std::vector<double>& solution);

    const script::ShotList& list() const { return list_; }
    const script::Shot& shot() const { return list_.shots[shot_index_]; }
    ShotStage& stage() { return stage_; }
    world::Scene& scene() { return stage_.scene; }
    base::Rng& rng() { return rng_; }
    double shot_world_s() const { return shot().seconds * shot().time_scale; }

    // -- cast ---------------------------------------------------------------------------------
    Player* player(std::string_view id);  // nullptr: no such cast id here
    const script::CastMember* member(std::string_view id) const;
    world::Body& body(world::BodyIndex index) { return stage_.scene.bodies[index]; }
    // First body of a player, kNoBody when it has none.
    world::BodyIndex first_body(std::string_view id);
    double height_of(world::BodyIndex body) const;  // of its bounds
    double radius_of(world::BodyIndex body) const;  // half the largest horizontal extent
    bool is_round(world::BodyIndex body) const;     // rolls
    // A named place of a body, in the world; empty when its shape has none of that name.
    std::optional<base::Transform> anchor_of(world::BodyIndex body, std::string_view name) const;
    // The body or set part with that name ("backboard" = hoop board); empty when there is none.
    world::BodyIndex set_body(std::string_view part) const;

    // -- places -------------------------------------------------------------------------------
    const Surface& surface() const { return surface_; }  // in play
    std::optional<Surface> surface_named(
        std::string_view name) const;  // "shelf", "stairs", cast id
    // The free place nearest to the middle of `surface` for a thing of this radius; takes it.
    base::Vec3 take_place(const Surface& surface, double radius_m);
    // Takes a circle of floor, so that nothing is put there later.
    void occupy(base::Vec3 centre, double radius_m);
    void use_surface(const Surface& surface) {
        surface_ = surface;
        stage_.surface_z = surface.centre.z;
    }

    // -- making -------------------------------------------------------------------------------
    world::BodyIndex add_prop(const std::string& name, const std::string& kind,
                              const std::string& material, const base::Transform& pose,
                              std::optional<double> size_m = {});
    world::BodyIndex add_body(world::Body body);
    // Stands `body` with its lowest point at `foot` (world), turned by yaw.
    void stand(world::BodyIndex body, base::Vec3 foot, double yaw = 0);
    // Lifts it so that its lowest point is `clearance_m` above `foot`.
    void hang(world::BodyIndex body, base::Vec3 foot, double clearance_m, double release_s,
              double yaw = 0);
    void send(world::BodyIndex body, base::Vec3 velocity_mps, base::Vec3 spin_radps = {});
    // A round body rolls without slipping.
    void roll(world::BodyIndex body, base::Vec3 velocity_mps);
    // Into the hands of a figure that is placed and has its tasks; release_s says until when.
    void hold(world::BodyIndex body, int figure, const std::string& joint);
    void make_breakable(world::BodyIndex body);
    void watch(world::BodyIndex body, double weight = 1);
    void watch_figure(int figure, double weight = 1);
    void watch_point(base::Vec3 point, double radius_m, double weight = 0.5);

    // -- figures (tasks are appended in time order) --------------------------------------------
    world::FigureModel& figure(int index);
    void add_task(int figure, world::FigureTask task);

    // -- search -------------------------------------------------------------------------------
    // Value of the next unknown: from the solution, else nominal.
    double unknown(const std::string& name, double nominal, double spread);
    void want(OutcomeTest test) { stage_.outcomes.push_back(std::move(test)); }

    // -- time ---------------------------------------------------------------------------------
    double start_s() const { return start_s_; }  // of the action being staged
    void set_start_s(double t) { start_s_ = t; }
    // Says that the action is over at t (estimate); the next "then" action begins there.
    void ends_at(double t_s) {
        end_s_ = std::max(end_s_, t_s);
        stage_.needs_s = std::max(stage_.needs_s, t_s);
    }
    double end_s() const { return end_s_; }

    // -- honesty ------------------------------------------------------------------------------
    void replaced(std::string asked, std::string used, std::string why);
    void left_out(std::string what);

private:
    const script::ShotList& list_;
    int shot_index_;
    ShotStage& stage_;
    const std::vector<double>& solution_;
    base::Rng rng_;
    Surface surface_;
    struct Circle {
        base::Vec3 centre;
        double radius_m;
    };
    std::vector<Circle> taken_;
    double start_s_ = 0, end_s_ = 0;
};

// Free-fall helpers, no drag.
base::Vec3 ballistic_velocity(base::Vec3 from, base::Vec3 to, double flight_s, double gravity_mps2);
// Speed for reaching `to` at launch angle; negative when it cannot be reached.
double ballistic_speed(base::Vec3 from, base::Vec3 to, double angle_rad, double gravity_mps2);

}  // namespace studio
