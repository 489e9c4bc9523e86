// Everything that is moved from outside: Driven bodies and figures (by the Driver, every 1/240 s,
// even in between), and bodies that are held until their release.
#pragma once

#include "world/step/dynamics.h"
#include "world/step/event_log.h"
#include "world/step/saved_state.h"

namespace world::step {

class Carriers {
public:
    Carriers(Dynamics& d, Driver* driver, double frame_s);

    // Asks the driver where things are at the end of this frame.
    void begin_frame(const Dynamics& d);
    // Gives driven and held bodies their velocity for this step, moves them, lets go what is due.
    void carry(Dynamics& d, EventLog& log);
    // Figures at the shown time.
    void write(double t_s, Snapshot& out) const;

    void save(StateWriter& out) const;
    void restore(StateReader& in);

private:
    Driver* driver_;
    double frame_s_;
    double frame_start_s_ = 0;
    Snapshot from_, to_;                 // start and end of this frame
    std::vector<base::Transform> grip_;  // per body: pose in the holding joint's frame
};

FigureState blend(const FigureState& a, const FigureState& b, double share);

}  // namespace world::step
