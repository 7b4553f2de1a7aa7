-- What is asked of clients and not there yet: few of all the requests that a firm has ever made.

create index request_open on request (firm_id, id) where state = 'open';
