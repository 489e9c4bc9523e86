// What systemd wants to hear (sd_notify(3)): datagrams to NOTIFY_SOCKET. Nothing happens without
// it.
#pragma once

#include <string>

namespace server {

void notify_service_manager(const std::string& state);  // "READY=1", "WATCHDOG=1", "STOPPING=1"
// Seconds between two signs of life, half of WATCHDOG_USEC; 0 = none wanted.
double watchdog_interval_s();

}  // namespace server
