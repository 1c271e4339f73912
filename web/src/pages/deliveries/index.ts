export { Deliveries } from './Deliveries';
export { DeliveryPage } from './DeliveryPage';
