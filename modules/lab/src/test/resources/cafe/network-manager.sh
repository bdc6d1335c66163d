# Debian's NetworkManager as the daemon that it is, at this terminal, on a message bus of its own: prints what it finds of the network's connectivity.
set -u
here=$(mktemp -d)
cd "$here"
cat >bus.conf <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=$here/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="signal"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
  </policy>
</busconfig>
EOF
# The check as Debian's network-manager-config-connectivity-debian has it.
cat >nm.conf <<EOF
[main]
plugins=keyfile
dns=none
auth-polkit=false
no-auto-default=*
[keyfile]
path=$here/connections
[connectivity]
uri=http://network-test.debian.org/nm
interval=3600
EOF
mkdir connections conf.d
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$here/bus
dbus-daemon --config-file="$here/bus.conf" --nofork 2>bus.log &
bus=$!
for ((tries = 0; tries < 200; tries++)); do
    [[ ! -S bus ]] || break
    sleep 0.1
done
/usr/sbin/NetworkManager --no-daemon --config="$here/nm.conf" --config-dir="$here/conf.d" --system-config-dir="$here/conf.d" \
    --intern-config="$here/intern.conf" --state-file="$here/state" --pid-file="$here/pid" >nm.log 2>&1 &
manager=$!
for ((tries = 0; tries < 200; tries++)); do
    nmcli -t -f STATE device 2>/dev/null | grep -q connected && break
    sleep 0.1
done
found=$(nmcli networking connectivity check 2>&1) && echo "$found" || cat nm.log bus.log
kill "$manager" "$bus"
wait
rm -r "$here"
