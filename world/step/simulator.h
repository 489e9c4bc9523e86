// Steps a Scene through time (Bullet inside). One Simulator is used by one thread; several may run
// side by side (outcome search). Same scene -> same states, bit for bit, on one instruction set.
#pragma once

#include <memory>
#include <vector>

#include "base/core/result.h"
#include "world/record/record.h"
#include "world/record/snapshot.h"
#include "world/scene/scene.h"

namespace world {

// Moves figures and other Driven bodies: called before every step with the world time.
class Driver {
public:
    virtual ~Driver() = default;
    // Poses of Driven bodies and figures at `t_s`; `state` holds the previous ones.
    virtual void drive(double t_s, const Scene& scene, Snapshot& state) = 0;
};

struct SimulatorSettings {
    double step_s = 1.0 / 960;        // contacts for sound; must divide 1/240 evenly
    double contact_speed_mps = 0.05;  // slower closing is no event
    double merge_s = 0.020;           // same pair within this is one event
    bool record_slides = true;
};

class Simulator {
public:
    // Fails on impossible scenes (no mass, NaN, overlapping shards ...), naming the body.
    static base::Result<std::unique_ptr<Simulator>> create(const Scene& scene,
                                                           const SimulatorSettings& settings = {},
                                                           Driver* driver = nullptr);
    virtual ~Simulator() = default;

    // Steps until world time `t_s` (whole steps; the last snapshot is interpolated to t_s exactly).
    virtual void advance_to(double t_s) = 0;
    virtual double time_s() const = 0;
    virtual const Snapshot& snapshot() const = 0;
    // Events and slides since the last call, in time order, times in world seconds. An event is
    // given out only when it is final (merge window over).
    virtual std::vector<Event> take_events() = 0;
    virtual std::vector<SlideSample> take_slides() = 0;
    // All events that still wait for their merge window.
    virtual void flush_events() = 0;

    // The whole state, to go on later (next shot, `--continue`): restores exactly.
    virtual std::vector<uint8_t> save() const = 0;
    virtual base::Status restore(const std::vector<uint8_t>& state) = 0;

    // Resolved mass and centre of mass (shape frame) of a body.
    virtual double mass_kg(BodyIndex body) const = 0;
    virtual base::Vec3 centre_of_mass(BodyIndex body) const = 0;
    // Total kinetic + potential energy (J) and linear momentum (kg m/s) of dynamic bodies; laws.
    virtual double energy_J() const = 0;
    virtual base::Vec3 momentum() const = 0;
};

}  // namespace world
