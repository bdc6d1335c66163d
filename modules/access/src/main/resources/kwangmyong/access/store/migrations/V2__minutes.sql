-- What ends a session by itself, and what has been used of quotas of minutes.
alter table terminal_session add column ends_by varchar(256);

create table minutes_used (
    id varchar(512) primary key,
    quota varchar(256) not null,
    subject varchar(256) not null,
    lab_day date not null,
    seconds bigint not null,
    since timestamp(6) with time zone
);
