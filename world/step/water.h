// Water plane: buoyancy, drag and added mass on bodies; the surface as a height field; splashes.
#pragma once

#include "world/step/dynamics.h"
#include "world/step/event_log.h"
#include "world/step/particles.h"
#include "world/step/saved_state.h"

namespace world::step {

class WaterSurface {
public:
    explicit WaterSurface(const Scene& scene);

    // Forces of one step on all movable bodies; splash events and droplets of those that enter.
    void act(Dynamics& d, EventLog& log, Particles& particles);
    // Moves the waves by one frame.
    void ripple(double frame_s);
    void write(Snapshot& out) const;
    double level_at(double x, double y) const;

    void save(StateWriter& out) const;
    void restore(StateReader& in);

private:
    struct Wet {  // one body under the surface
        double volume_m3 = 0;
        Vec3 centroid;
        double wetted = 0;  // share of the body, 0 .. 1
    };
    Wet wet_part(const Dynamics& d, int body) const;
    bool over_water(Vec3 p) const;
    void press(Vec3 place, double radius, double volume_m3);
    void dent(Vec3 place, double radius, double depth);
    void splash(Dynamics& d, int body, double speed, EventLog& log, Particles& particles);

    std::optional<Water> water_;
    int columns_ = 0, rows_ = 0;
    double cell_ = 0;
    std::vector<float> height_, speed_;
    std::vector<double> volume_before_, added_mass_, dry_since_s_;  // per body
};

}  // namespace world::step
